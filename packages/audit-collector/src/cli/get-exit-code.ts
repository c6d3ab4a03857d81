import { AuditSdkError, UnitsDeferredError } from 'audit-pipeline';
import { AuthenticationError } from 'o365-activity-client';
import { SecretError } from '../build/secret-error.js';
import { ConfigError } from '../config/config-error.js';
import { ExitCode } from './exit-codes.js';

/** What a process ends with when this was thrown. */
export function getExitCode(thrown: unknown): ExitCode {
  if (ConfigError.isInstance(thrown)) return ExitCode.Config;
  if (AuthenticationError.isInstance(thrown) || SecretError.isInstance(thrown)) return ExitCode.SignIn;
  if (UnitsDeferredError.isInstance(thrown)) {
    const refused = thrown.report.units.committed === 0 && getExitCode(thrown.cause) === ExitCode.SignIn;
    return refused ? ExitCode.SignIn : ExitCode.Deferred;
  }
  // StateLocked, StateCorrupt, StateIdentity, StateVersion, StateWrite, …
  if (AuditSdkError.isInstance(thrown) && thrown.code.startsWith('State')) return ExitCode.State;
  return ExitCode.Finding;
}
