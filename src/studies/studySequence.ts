import type { Study } from "./study.js";
import { StudySimulator } from "./studySimulator.js";

/** Studies whose chunks come one after another. Only one is open at a time, because the engines of thousands would not fit into memory. */
export class StudySequence {
  private readonly studyAt: (place: number) => Study | Promise<Study>;
  private opened: { readonly place: number; readonly simulator: Promise<StudySimulator> } | undefined;

  constructor(studyAt: (place: number) => Study | Promise<Study>) {
    this.studyAt = studyAt;
  }

  /** Returns the simulator of the study at index `place`, and closes that of any other. */
  open(place = 0): Promise<StudySimulator> {
    if (this.opened?.place !== place) {
      this.close();
      this.opened = {
        place,
        simulator: Promise.resolve(this.studyAt(place)).then((study) => StudySimulator.open(study)),
      };
    }
    return this.opened!.simulator;
  }

  close(): void {
    void this.opened?.simulator.then((simulator) => simulator.close()).catch(() => {}); // what failed to open is closed
    this.opened = undefined;
  }
}
