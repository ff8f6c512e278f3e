/** Version of the plugin, and of its SDK in sdks/heroku-native. */
export const version = "0.1.0";
