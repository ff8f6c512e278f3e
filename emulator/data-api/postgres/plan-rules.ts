import { planOf } from "../../catalog/addon-services";
import { invalidParams } from "../../http/errors";
import type { AddonRecord } from "../../store/entities";

/**
 * Settings and further credentials need a Standard plan or higher:
 * https://devcenter.heroku.com/articles/heroku-postgres-plans
 */
export function requirePaidTier(addon: AddonRecord): void {
  if (planOf(addon).tier === "essential") {
    throw invalidParams("You can't perform this operation on Essential-tier databases.");
  }
}
