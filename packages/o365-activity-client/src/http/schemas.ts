import { z } from 'zod';
import type { ContentBlob, ContentNotification, DlpSensitiveType, Subscription } from '../models.js';

/** Envelopes only: records are never checked here. */
const webhook: z.ZodType<NonNullable<Subscription['webhook']>> = z.looseObject({
  status: z.string().exactOptional(),
  address: z.string().exactOptional(),
  authId: z.string().nullable().exactOptional(),
  expiration: z.string().nullable().exactOptional(),
});

export const subscriptionSchema: z.ZodType<Subscription> = z.looseObject({
  contentType: z.string(),
  // Missing in one of the documentation's own samples.
  status: z.string().exactOptional(),
  webhook: webhook.nullable().exactOptional(),
});

export const subscriptionsSchema: z.ZodType<Subscription[]> = z.array(subscriptionSchema);

const blobShape = {
  contentType: z.string(),
  contentId: z.string(),
  contentUri: z.string(),
  contentCreated: z.string(),
  contentExpiration: z.string(),
};

export const blobsSchema: z.ZodType<ContentBlob[]> = z.array(z.looseObject(blobShape));

export const notificationsSchema: z.ZodType<ContentNotification[]> = z.array(
  z.looseObject({
    ...blobShape,
    notificationSent: z.string().exactOptional(),
    notificationStatus: z.string().exactOptional(),
  }),
);

export const dlpTypesSchema: z.ZodType<DlpSensitiveType[]> = z.array(
  z.looseObject({ id: z.string(), name: z.string() }),
);
