import { ApiError, ConnectionError } from '../errors.js';
import { emitEvent } from './emit-event.js';
import type { Http, HttpCall } from './http-types.js';
import type { ChangeEvent, HttpEvents } from '../types.js';

/** Emits `onChange` for every call that changes something in the service, however it ends: an audit trail. */
export function withChangeEvents(http: Http, events: HttpEvents, clientId: () => string | undefined): Http {
  async function sendAndReport(call: HttpCall, target: string): ReturnType<Http['send']> {
    const requestId = call.requestId ?? crypto.randomUUID();
    const report = (outcome: ChangeEvent['outcome']): void => {
      const application = clientId();
      emitEvent(events, 'onChange', {
        operation: call.operation,
        target,
        requestId,
        outcome,
        ...(application !== undefined && { clientId: application }),
      });
    };
    try {
      const reply = await http.send({ ...call, requestId });
      report('done');
      return reply;
    } catch (error) {
      report(getOutcome(error));
      throw error;
    }
  }

  return { send: (call) => (call.change === undefined ? http.send(call) : sendAndReport(call, call.change)) };
}

/** A response below 500 is a refusal; without a response only a connection that was never made is certain. */
function getOutcome(error: unknown): ChangeEvent['outcome'] {
  if (ConnectionError.isInstance(error))
    return error.code === 'refused' || error.code === 'dns' ? 'refused' : 'unknown';
  if (ApiError.isInstance(error) && error.status !== undefined && error.status >= 400 && error.status < 500)
    return 'refused';
  return 'unknown';
}
