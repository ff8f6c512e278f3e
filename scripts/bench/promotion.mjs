import { sources } from "../support/sources.mjs";

/** An image on its way from one app to another. */
export async function measure() {
  const { promotion, pullTagPush } = await sources("tests/bench/promotion.ts").measurePromotion();
  return [
    {
      figure: "promotion of a 500 MB image",
      measured: promotion,
      unit: "s",
      yardstick: { value: pullTagPush, what: "docker pull, tag and push" },
      aim: { ratio: 0.2 },
    },
  ];
}
