export namespace app {
  /** Ownership of an app by a Heroku Team. */
  export interface AppOrganization {
    /** Whether other members of the team are kept from joining the app. */
    locked: boolean;
    /** Name of the team. */
    name: string;
    /** Whether the app belongs to the user's own account though a default team is set. */
    personal: boolean;
  }
}

export namespace pipeline {
  /** Ownership of a pipeline. */
  export interface PipelineOwner {
    /** UUID of the owner. */
    id: string;
    /** `user` or `team`. */
    type: string;
  }
}
