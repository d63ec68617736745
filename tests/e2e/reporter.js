// Says at the very end how many journeys passed, failed and were skipped, and why each was skipped.
export default class Reporter {
  counts = { passed: 0, failed: 0, skipped: 0 };
  reasons = new Set();
  broken = 0;

  onBegin(_config, suite) {
    this.suite = suite;
  }

  onError() {
    this.broken += 1;
  }

  onEnd() {
    for (const test of this.suite?.allTests() ?? []) {
      const skip = test.annotations.find(({ type }) => type === 'not yet') ?? test.annotations.find(({ type }) => type === 'skip');
      // A journey that never ran, because another broke the run, has not passed and was not skipped on purpose.
      // One that passed when it was tried again has passed (playwright.config.js says why), and is named.
      const ended = test.outcome();
      const outcome = ended === 'expected' || ended === 'flaky' ? 'passed' : skip ? 'skipped' : 'failed';
      this.counts[outcome] += 1;
      if (ended === 'flaky') this.reasons.add(`passed when tried again: ${test.title}`);
      if (outcome === 'skipped') this.reasons.add(`skipped: ${test.title}${skip.description ? ` (${skip.description})` : ''}`);
    }
  }

  onExit() {
    for (const reason of this.reasons) console.log(reason);
    const { passed, failed, skipped } = this.counts;
    console.log(`${passed} passed, ${failed + this.broken} failed, ${skipped} skipped`);
  }

  printsToStdio() {
    return false;
  }
}
