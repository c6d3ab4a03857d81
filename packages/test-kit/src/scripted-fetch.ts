/** A response, an error to throw, or a function of the request (and of how many came before) that gives a response. */
export type ScriptedAnswer =
  Response | Error | ((request: Request, index: number) => Response | Promise<Response>);

interface ScriptedFetch {
  /** Every request so far. */
  readonly requests: Request[];
  /** The text of each request's body, at the same index. */
  readonly bodies: string[];
  fetch(request: Request): Promise<Response>;
}

/** Gives the answers in order and repeats the last one. */
export function scriptedFetch(...answers: readonly ScriptedAnswer[]): ScriptedFetch {
  const requests: Request[] = [];
  const bodies: string[] = [];
  return {
    requests,
    bodies,
    fetch: async (request) => {
      const index = requests.push(request) - 1;
      bodies.push(await request.clone().text());
      const answer = answers[Math.min(index, answers.length - 1)];
      if (answer === undefined) throw new Error('scriptedFetch was given no answers');
      if (answer instanceof Error) throw answer;
      return typeof answer === 'function' ? answer(request, index) : answer.clone();
    },
  };
}
