/** The parts of a record that are known before the rest is looked at. */
export type HeadField = 'operation' | 'workload' | 'recordType';

/** A field of a rule, split once at load. */
export interface FieldPath {
  /** Its place in the per-record cache; unique within one set of rules. */
  id: number;
  /** As the rule writes it. */
  name: string;
  segments: readonly string[];
  /** `runs[i][j]`: the segments from i to i + j joined by dots, as written and in lower case. */
  runs: readonly (readonly { text: string; lower: string }[])[];
  head?: HeadField;
}

export interface FieldPaths {
  get(name: string): FieldPath;
  readonly size: number;
}

/** More segments than any record has levels. */
const maxSegments = 12;

const heads: Readonly<Record<string, HeadField>> = {
  operation: 'operation',
  workload: 'workload',
  recordtype: 'recordType',
};

/** One path object per name, so that rules share what a record's field resolves to. */
export function createFieldPaths(): FieldPaths {
  const paths = new Map<string, FieldPath>();
  return {
    get(name) {
      const known = paths.get(name);
      if (known) return known;
      const path = parsePath(name, paths.size);
      paths.set(name, path);
      return path;
    },
    get size() {
      return paths.size;
    },
  };
}

function parsePath(name: string, id: number): FieldPath {
  const parts = name.split('.');
  // What is deeper than a record can be stays one name, and matches nothing but a key that is spelled so.
  const segments = parts.length > maxSegments ? [name] : parts;
  const runs = segments.map((_, i) =>
    segments.slice(i).map((__, j) => {
      const text = segments.slice(i, i + j + 1).join('.');
      return { text, lower: text.toLowerCase() };
    }),
  );
  const head = name === 'eventSource' ? 'workload' : heads[name.toLowerCase()];
  return { id, name, segments, runs, ...(head && { head }) };
}
