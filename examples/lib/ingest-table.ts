import { defineTable } from 'loganalytics-ingest/tables';
import type { TableDefinition } from 'loganalytics-ingest/tables';
import { z } from 'zod';

/** Sign-ins of an application of your own: the table that `define-table` prints. Replace it by yours. */
const signIn = z.object({
  TimeGenerated: z.date(),
  UserId: z.string(),
  SessionId: z.uuid(),
  ClientIP: z.union([z.ipv4(), z.ipv6()]),
  Outcome: z.enum(['granted', 'denied', 'challenged']),
  Attempts: z.int32(),
  BytesSent: z.number().int(),
  RiskScore: z.number().optional(),
  Remembered: z.boolean().default(false),
  Claims: z.record(z.string(), z.string()).nullable(),
});

export interface SignIn {
  TimeGenerated: Date;
  UserId: string;
  SessionId: string;
  ClientIP: string;
  Outcome: 'granted' | 'denied' | 'challenged';
  Attempts: number;
  BytesSent: number;
  RiskScore?: number | undefined;
  Remembered: boolean;
  Claims: Record<string, string> | null;
}

export const signIns: TableDefinition<SignIn> = defineTable('AppSignIns_CL', signIn, {
  // A union has no column type of its own.
  columns: { ClientIP: 'string' },
  description: 'Sign-ins of our application',
});

export function sampleSignIn(now: number, at: number): SignIn {
  return {
    TimeGenerated: new Date(now - at * 1000),
    UserId: `user${at}@contoso.example`,
    SessionId: crypto.randomUUID(),
    ClientIP: '192.0.2.7',
    Outcome: at % 7 === 0 ? 'denied' : 'granted',
    Attempts: 1 + (at % 3),
    BytesSent: 5_000_000_000 + at,
    Remembered: at % 2 === 0,
    Claims: at % 2 === 0 ? { amr: 'mfa' } : null,
  };
}
