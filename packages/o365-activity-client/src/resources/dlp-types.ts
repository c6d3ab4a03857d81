import { parseEnvelope } from '@repo/client-core';
import type { OperationOptions } from '@repo/client-core';
import type { DlpSensitiveType } from '../models.js';
import { dlpTypesSchema } from '../http/schemas.js';
import { callOptions } from '../http/service.js';
import type { Service } from '../http/service.js';

export interface DlpSensitiveTypesOptions extends OperationOptions {
  /** One language, as in `en-US` or `es`. Default: the service's. */
  language?: string;
}

/** Friendly names for what records carry as ids. */
export interface Resources {
  dlpSensitiveTypes(options?: DlpSensitiveTypesOptions): Promise<DlpSensitiveType[]>;
}

export function createResources(service: Service): Resources {
  const operation = 'resources.dlpSensitiveTypes';
  return {
    async dlpSensitiveTypes(options = {}) {
      const reply = await service.feed(
        'resources/dlpSensitiveTypes',
        {},
        {
          ...callOptions(options),
          operation,
          method: 'GET',
          ...(options.language !== undefined && { headers: { 'accept-language': options.language } }),
        },
      );
      return parseEnvelope(dlpTypesSchema, reply.json(), operation);
    },
  };
}
