"""The pages."""

from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from boards.names import new_name

LOBBY = "lobby"

COLORS = [
    ("#20253a", "Ink"),
    ("#e5484d", "Red"),
    ("#f59f00", "Amber"),
    ("#2f9e5b", "Green"),
    ("#2f7bf6", "Blue"),
    ("#8250df", "Violet"),
]

# In board units, with a name and the radius of the dot that stands for it.
WIDTHS = [(40, "Fine", 2.5), (90, "Medium", 4.5), (220, "Bold", 7.5)]


@require_safe
def lobby(request):
    """Everyone who comes without a board's address meets on the same board."""
    return redirect("board", name=LOBBY)


@require_safe
@never_cache
def new_board(request):
    return redirect("board", name=new_name())


@require_safe
@never_cache
def board(request, name):
    return render(request, "boards/board.html", {"name": name, "colors": COLORS, "widths": WIDTHS})
