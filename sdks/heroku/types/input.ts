import type * as pulumi from "@pulumi/pulumi";

/** What the provider writes into the state besides what the program gave. */
export interface ProviderCustomization {
  /** Whether `Addon.configVarValues` holds the values, data URLs among them. @default true */
  setAddonConfigVarsInState?: pulumi.Input<boolean>;
  /** Whether `App.allConfigVars` holds every config var of the app, those of add-ons too. @default true */
  setAppAllConfigVarsInState?: pulumi.Input<boolean>;
}

/** Seconds that the provider sleeps after a resource was made, for Heroku to settle. */
export interface ProviderDelays {
  /** Seconds after an app was made. @default 10 */
  postAppCreateDelay?: pulumi.Input<number>;
  /** Seconds after a domain was added. @default 5 */
  postDomainCreateDelay?: pulumi.Input<number>;
  /** Seconds after a private space was made. @default 5 */
  postSpaceCreateDelay?: pulumi.Input<number>;
}

/** How long the provider waits for Heroku's slow operations. */
export interface ProviderTimeouts {
  /** Minutes until an add-on must be provisioned; at least 10. @default 20 */
  addonCreateTimeout?: pulumi.Input<number>;
}

export namespace app {
  /** Ownership of an app by a Heroku Team. */
  export interface AppOrganization {
    /** Whether other members of the team are kept from joining the app. */
    locked?: pulumi.Input<boolean>;
    /** Name of the team. Changing it replaces the app. */
    name: pulumi.Input<string>;
    /** Whether the app goes to the user's own account though a default team is set. Changing it replaces the app. */
    personal?: pulumi.Input<boolean>;
  }
}

export namespace pipeline {
  /** Ownership of a pipeline. */
  export interface PipelineOwner {
    /** UUID of the owner. Changing it replaces the pipeline. */
    id: pulumi.Input<string>;
    /** `user` or `team`. Changing it replaces the pipeline. */
    type: pulumi.Input<string>;
  }
}
