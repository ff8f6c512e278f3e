import * as pulumi from "@pulumi/pulumi";

/** `essential-0` -> `heroku-postgresql:essential-0`, as Heroku returns it, so that no diff appears. */
export function withService(service: string, plan: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.output(plan).apply((value) => (value.includes(":") ? value : `${service}:${value}`));
}
