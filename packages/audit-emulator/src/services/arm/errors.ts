import { json } from '../../server/service.js';

/** An answer of Azure Resource Manager that is an error. */
export function armError(
  status: number,
  code: string,
  message: string,
  details?: readonly { code: string; message: string; target?: string }[],
): Response {
  return json(status, { error: { code, message, ...(details && { details }) } });
}

export function notFound(type: string, name: string): Response {
  return armError(404, 'ResourceNotFound', `The Resource '${type}/${name}' was not found.`);
}
