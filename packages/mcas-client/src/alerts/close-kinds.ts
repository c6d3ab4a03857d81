/** Why an alert is benign, with the service's numbers. */
export const BenignReason = { LowerSeverity: 2, Other: 4, ConfirmedWithUser: 5, Test: 6 } as const;
export type BenignReason = (typeof BenignReason)[keyof typeof BenignReason];

/** Why an alert is a false positive, with the service's numbers. */
export const FalsePositiveReason = { NotOfInterest: 0, TooManySimilar: 1, NotAccurate: 3, Other: 4 } as const;
export type FalsePositiveReason = (typeof FalsePositiveReason)[keyof typeof FalsePositiveReason];

/** What alerts may be closed as. */
export type CloseKind = 'benign' | 'falsePositive' | 'truePositive';

interface CloseCall {
  operation: string;
  path: string;
  /** Field of the answer that counts what was changed. */
  counter: string;
  /** Reasons that the service knows here. */
  reasons: readonly number[];
}

export const closeCalls: Readonly<Record<CloseKind, CloseCall>> = {
  benign: {
    operation: 'alerts.closeBenign',
    path: '/api/v1/alerts/close_benign/',
    counter: 'closed_benign',
    reasons: Object.values(BenignReason),
  },
  falsePositive: {
    operation: 'alerts.closeFalsePositive',
    path: '/api/v1/alerts/close_false_positive/',
    counter: 'closed_false_positive',
    reasons: Object.values(FalsePositiveReason),
  },
  truePositive: {
    operation: 'alerts.closeTruePositive',
    path: '/api/v1/alerts/close_true_positive/',
    counter: 'closed_true_positive',
    reasons: [],
  },
};
