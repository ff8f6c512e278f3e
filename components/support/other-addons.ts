import type * as pulumi from "@pulumi/pulumi";
import * as heroku from "@pulumiverse/heroku";

/**
 * Add-ons of other services, one per plan, named after their services. Not a component: Heroku sets their config vars, and the
 * program does nothing else with them.
 */
export function otherAddons(
  plans: readonly string[],
  app: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions & { providers: pulumi.ProviderResource[] },
): heroku.addon.Addon[] {
  const { providers, ...others } = opts;
  const provider = providers.find((one) => heroku.Provider.isInstance(one));
  return plans.map((plan) => {
    const [service = plan] = plan.split(":");
    return new heroku.addon.Addon(`addon-${service}`, { appId: app, plan }, { ...others, provider });
  });
}
