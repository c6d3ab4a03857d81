import { ApiError, ConnectionError } from '../errors.js';
import { emit } from './events.js';
import type { Http, HttpCall } from './http-types.js';
import type { ChangeEvent, HttpEvents } from '../types.js';

/** Tells of every call that changes something in the service, however it ends: the trail an auditor asks for. */
export function withChanges(http: Http, events: HttpEvents, clientId: () => string | undefined): Http {
  async function reported(call: HttpCall, target: string): ReturnType<Http['send']> {
    const requestId = call.requestId ?? crypto.randomUUID();
    const tell = (outcome: ChangeEvent['outcome']): void => {
      const app = clientId();
      emit(events, 'onChange', {
        operation: call.operation,
        target,
        requestId,
        outcome,
        ...(app !== undefined && { clientId: app }),
      });
    };
    try {
      const reply = await http.send({ ...call, requestId });
      tell('done');
      return reply;
    } catch (error) {
      tell(outcomeOf(error));
      throw error;
    }
  }

  return { send: (call) => (call.change === undefined ? http.send(call) : reported(call, call.change)) };
}

/** An answer below 500 is a refusal; without an answer only a connection that never stood is sure. */
function outcomeOf(error: unknown): ChangeEvent['outcome'] {
  if (ConnectionError.isInstance(error))
    return error.code === 'refused' || error.code === 'dns' ? 'refused' : 'unknown';
  if (ApiError.isInstance(error) && error.status !== undefined && error.status >= 400 && error.status < 500)
    return 'refused';
  return 'unknown';
}
