/** Waits until something is true, for half a minute. */
export async function expectSoon(isTrue: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error(`${isTrue} has not become true within 30 s`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
