/** One file; fields that are not listed are there too. `createdDate`, `modifiedDate`: ms since the epoch. */
export interface CloudFile {
  _id: string;
  /** Site and item, joined by `|`. */
  id?: string;
  appId?: number;
  appName?: string;
  name?: string;
  mimeType?: string;
  fileExtension?: string;
  fileSize?: number;
  createdDate?: number;
  modifiedDate?: number;
  /** Number and name. */
  fileType?: [number, string];
  fileAccessLevel?: [number, string];
  fileStatus?: [number, string];
  isFolder?: boolean;
  ownerName?: string;
  ownerAddress?: string;
  ownerExternal?: boolean;
  collaborators?: unknown[];
  filePath?: string;
  alternateLink?: string;
  [field: string]: unknown;
}

/** A user or an account; fields that are not listed are there too. */
export interface Entity {
  _id?: string;
  id?: string;
  /** 1 account, 2 user. */
  type?: number;
  status?: number;
  displayName?: string;
  email?: string | null;
  isAdmin?: boolean;
  isExternal?: boolean;
  domain?: string | null;
  organization?: string | null;
  role?: string | null;
  sid?: string | null;
  /** ISO 8601. */
  lastSeen?: string | null;
  userGroups?: unknown[];
  identifiers?: unknown[];
  /** A Python dictionary as text, not JSON. */
  username?: string;
  /** `saas|inst|id`. */
  ii?: string;
  [field: string]: unknown;
}

/** A named IP range. */
export interface IpRange {
  _id: string;
  name?: string;
  /** See `IpCategory`. */
  category?: number;
  subnets?: { mask?: number; address?: string; originalString?: string; [field: string]: unknown }[];
  tags?: unknown[];
  organization?: string | null;
  /** Ms since the epoch, with fractions. */
  lastModified?: number;
  [field: string]: unknown;
}
