/** The steps of `up`, in their order. */
export type StepName = "toolchain" | "synthesis" | "server" | "bootstrap" | "access" | "verified";

/** What a step has to tell: while it works, and once when it is done. */
export type StepEvent =
  | { readonly kind: "progress"; readonly step: StepName; readonly text: string }
  | { readonly kind: "note"; readonly text: string }
  | {
      readonly kind: "done";
      readonly step: StepName;
      readonly text: string;
      /** Whether the step found everything as it should be and did nothing. */
      readonly unchanged: boolean;
      readonly seconds: number;
      /** Lines that belong under it. */
      readonly details?: readonly string[];
    };

export type ReportStep = (event: StepEvent) => void;

/** What a step comes to. */
export interface Outcome<T> {
  readonly value: T;
  readonly text: string;
  readonly unchanged: boolean;
  readonly details?: readonly string[];
}

/** Runs one step and reports its end. */
export async function runStep<T>(
  step: StepName,
  report: ReportStep,
  work: (progress: (text: string) => void) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const started = performance.now();
  const outcome = await work((text) => report({ kind: "progress", step, text }));
  const { text, unchanged, details } = outcome;
  const seconds = (performance.now() - started) / 1000;
  report({ kind: "done", step, text, unchanged, seconds, ...(details ? { details } : {}) });
  return outcome;
}
