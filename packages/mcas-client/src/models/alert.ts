/** One alert, as the service sends it; fields that are not listed are there too. */
export interface Alert {
  /** 24 hexadecimal digits. */
  _id: string;
  /** Ms since the epoch. */
  timestamp: number;
  title?: string;
  /** Text or HTML. */
  description?: string;
  /** 0 unread, 1 read, 2 archived. */
  statusValue?: number;
  /** 0 low, 1 medium, 2 high, 3 informational. */
  severityValue?: number;
  /** 0 open, 1 dismissed, 2 resolved, 3 false positive, 4 benign, 5 true positive; absent in old alerts. */
  resolutionStatusValue?: number;
  stories?: number[];
  intent?: number[];
  evidence?: unknown[];
  isPreview?: boolean;
  /** Ids of activities. */
  audits?: string[];
  /** The tenant in Entra ID. */
  contextId?: string;
  idValue?: number;
  isSystemAlert?: boolean;
  entities?: AlertEntity[];
  /** null, empty, or the text `null`. */
  comment?: string | null;
  handledByUser?: string | null;
  /** ISO 8601. */
  resolveTime?: string;
  URL?: string;
  [field: string]: unknown;
}

/** Of many kinds, told apart by `type`; the id of a service is a number. */
export interface AlertEntity {
  id?: string | number;
  label?: string;
  type?: string;
  [field: string]: unknown;
}
