//! The gateway: settings, commands, intake
