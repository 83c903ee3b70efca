// Only the latest question counts: asking again gives up the one before, and its answer is dropped.

/** `latest(ask, { answered, failed })` makes a function; `ask(given, signal)` gives a promise of the answer.
 * Calling it with null only gives up what is under way. */
export function latest(ask, { answered, failed }) {
  let number = 0;
  let underWay = new AbortController();
  return async (given) => {
    const mine = (number += 1);
    underWay.abort();
    underWay = new AbortController();
    if (given === null) return;
    try {
      const answer = await ask(given, underWay.signal);
      if (mine === number) answered(answer, given);
    } catch (error) {
      if (mine === number) failed(error, given);
    }
  };
}
