import { BenignReason, BulkError } from 'mcas-client';
import type { McasClient } from 'mcas-client';

export async function closeAll(mcas: McasClient, ids: string[]): Promise<void> {
  try {
    const { closed, notFound } = await mcas.alerts.closeBenign({ ids, reason: BenignReason.Test });
    console.log(closed, notFound);
  } catch (error) {
    if (!BulkError.isInstance(error)) throw error;
    // Sent, but without an answer: look at these before you send them again.
    console.log(error.closed, error.unknown, error.notSent);
  }
}
