"""Addresses of the pages. /health is answered by skechwime.health."""

from django.urls import path, register_converter

from boards import views
from boards.names import BoardNameConverter

register_converter(BoardNameConverter, "board_name")

urlpatterns = [
    path("", views.lobby, name="lobby"),
    path("new", views.new_board, name="new-board"),
    path("boards/<board_name:name>", views.board, name="board"),
]
