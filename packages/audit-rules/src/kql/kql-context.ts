/** Why a rule has no KQL. */
export class KqlRefusal extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'KqlRefusal';
  }
}

export interface KqlOptions {
  /** The tenant's accepted domains, for `audit.ExternalRecipients`; without them such rules are refused. */
  domains?: readonly string[] | undefined;
}

/** What one rule's translation gathers. */
export interface KqlContext {
  options: KqlOptions;
  /** Bags of Name/Value pairs that the rule looks into. */
  bags: Set<string>;
  /** Where the KQL says something else than the rule; shown beside it. */
  notes: Set<string>;
}
