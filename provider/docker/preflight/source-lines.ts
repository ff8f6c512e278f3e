import { type Instruction, isAppended, parseDockerfile, type Stage, stageChain } from "../../../images/dockerfile";

/** The lines of a Dockerfile that decide about one image, for messages that say what to change. */
export class SourceLines {
  /** The image's stage first, then those that it is built from. */
  private readonly chain: Stage[];
  private readonly stages: Stage[];
  /** How many instructions were appended to those of the user's. */
  readonly appended: number;

  /** `shownAs` is how the user knows the Dockerfile. */
  constructor(
    text: string,
    target: string | undefined,
    private readonly shownAs: string,
  ) {
    this.stages = parseDockerfile(text);
    const chain = stageChain(this.stages, target);
    const own = chain.findIndex((stage) => !isAppended(stage));
    this.chain = own < 0 ? chain : chain.slice(own);
    this.appended = chain.slice(0, Math.max(own, 0)).flatMap(({ instructions }) => instructions).length;
  }

  /** `app/Dockerfile line 49: FROM app AS web`, for the line that a fault comes from. */
  at({ line, text }: Instruction): string {
    return `${this.shownAs} line ${line}: ${text.length > 80 ? `${text.slice(0, 77)}...` : text}`;
  }

  /** The FROM of the image's stage. */
  get stage(): Instruction {
    return this.chain[0]?.from ?? this.nothing;
  }

  /** The FROM that names an image outside the Dockerfile. */
  get baseImage(): Instruction {
    return this.chain.at(-1)?.from ?? this.nothing;
  }

  /** The last instruction of one of these kinds that the image is built by. */
  last(...names: string[]): Instruction | undefined {
    return this.all()
      .filter(({ name }) => names.includes(name))
      .at(-1);
  }

  /** What decides about the command: its own line, else the stage that has none. */
  get command(): Instruction {
    return this.last("CMD", "ENTRYPOINT") ?? this.stage;
  }

  /** A step as the builder names it, in any stage. */
  step(text: string): Instruction | undefined {
    return this.everywhere().find((instruction) => plain(instruction.text) === plain(text));
  }

  /** The step whose command the builder quotes in what it says went wrong, in any stage. */
  quotedIn(fault: string): Instruction | undefined {
    return this.everywhere().find(
      ({ name, text }) => name === "RUN" && plain(fault).includes(plain(text.slice(name.length))),
    );
  }

  /** Every instruction that the image is built by, from its base image on. */
  all(): Instruction[] {
    return [...this.chain].reverse().flatMap(({ instructions }) => instructions);
  }

  private everywhere(): Instruction[] {
    return this.stages.flatMap(({ instructions }) => instructions);
  }

  private get nothing(): Instruction {
    return { line: 1, name: "FROM", text: "FROM", end: 0 };
  }
}

const plain = (text: string): string => text.replace(/\s+/g, " ").trim();
