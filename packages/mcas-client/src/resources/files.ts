import type { OperationOptions, PagedAsyncIterable } from '@repo/client-core';
import { toRawFilters } from '../filters/to-raw-filters.js';
import type { RawFilters } from '../filters/operators.js';
import { fileFilterRules } from '../filters/file-filters.js';
import type { FileFilters } from '../filters/file-filters.js';
import { listPages } from '../lists/list-pages.js';
import type { ListPage, ListPaging } from '../lists/list-pages.js';
import type { CloudFile } from '../models/others.js';
import { readRecord, segment } from '../http/read-reply.js';
import { absolute } from '../scan/fix-window.js';
import type { Transport } from '../http/transport.js';

export interface FileListQuery extends ListPaging<'modifiedDate'> {
  filters?: FileFilters | undefined;
  rawFilters?: RawFilters | undefined;
}

/** Files of the connected applications. No role of Entra ID covers them: only an API token may read them. */
export interface Files {
  /** Long lists may time out at the service: narrow them by filters. */
  list(query?: FileListQuery, options?: OperationOptions): PagedAsyncIterable<CloudFile, ListPage<CloudFile>>;
  /** One file by its `_id`. */
  get(id: string, options?: OperationOptions): Promise<CloudFile>;
}

export function createFiles(transport: Transport): Files {
  return {
    list({ filters, rawFilters, ...paging } = {}, options) {
      return listPages<CloudFile>(
        transport,
        {
          operation: 'files.list',
          path: '/api/v1/files/',
          filters: absolute(toRawFilters(filters, fileFilterRules, rawFilters), transport.now()),
          paging,
        },
        options,
      );
    },
    get: async (id, options) =>
      transport.send(
        {
          operation: 'files.get',
          method: 'GET',
          path: `/api/v1/files/${segment('id', id)}/`,
          idempotent: true,
          parse: (reply) => readRecord(reply, 'files.get') as CloudFile,
        },
        options,
      ),
  };
}
