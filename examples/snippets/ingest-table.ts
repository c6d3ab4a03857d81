import { armTemplate, bicep, defineTable } from 'loganalytics-ingest/tables';
import { z } from 'zod';

const orders = defineTable(
  'Orders_CL',
  z.object({
    TimeGenerated: z.date(),
    OrderId: z.uuid(),
    Customer: z.string(),
    Items: z.int32(),
    Total: z.number(),
    Lines: z.array(z.object({ Sku: z.string(), Count: z.int32() })),
    Note: z.string().optional(),
  }),
);

console.log(orders.validate({ OrderId: 'no uuid', Color: 'red' }));
console.log(JSON.stringify(armTemplate([orders]), undefined, 2));
console.log(bicep([orders]));
