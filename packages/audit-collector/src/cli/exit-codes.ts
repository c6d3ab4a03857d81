/** What a process ends with; scripts and service managers go by these. */
export const ExitCode = {
  /** Done; also after a signal that was drained. */
  Success: 0,
  /** A finding: a red line, a difference, a failed test, an unhealthy status. */
  Finding: 1,
  /** Wrong usage of the command line. */
  Usage: 2,
  /** `run --once` ended with deferred units; running it again continues. */
  Deferred: 3,
  /** State: corrupt, missing though expected, locked, of another tenant, not writable. */
  State: 4,
  /** Sign-in or permission refused before anything was read. */
  SignIn: 5,
  /** The configuration is invalid. */
  Config: 78,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
