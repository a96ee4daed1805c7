namespace Marketing.Domain.Ports;

/// <summary>The actions that the audit trail names.</summary>
public static class AuditAction
{
    /// <summary>Erase a user.</summary>
    public const string UsersErase = "users.erase";

    /// <summary>Export everything about a user.</summary>
    public const string UsersExport = "users.export";

    /// <summary>Replace the attributes of a user.</summary>
    public const string UsersUpdate = "users.update";

    /// <summary>Add or replace a campaign.</summary>
    public const string CampaignsPut = "campaigns.put";

    /// <summary>Delete a campaign.</summary>
    public const string CampaignsDelete = "campaigns.delete";

    /// <summary>Rebuild a projection.</summary>
    public const string ProjectionsRebuild = "projections.rebuild";

    /// <summary>Repair what differs from the log.</summary>
    public const string ConsistencyRepair = "consistency.repair";

    /// <summary>Replay dead letters.</summary>
    public const string DeadLettersReplay = "dead-letters.replay";

    /// <summary>Delete dead letters.</summary>
    public const string DeadLettersDelete = "dead-letters.delete";

    /// <summary>Run a scheduled job now.</summary>
    public const string JobsRun = "jobs.run";

    /// <summary>Load the sample world.</summary>
    public const string SampleDataLoad = "sample-data.load";

    /// <summary>Create an API key.</summary>
    public const string KeysCreate = "keys.create";

    /// <summary>Revoke an API key.</summary>
    public const string KeysRevoke = "keys.revoke";

    /// <summary>Back up the log, by command.</summary>
    public const string LogBackup = "log.backup";

    /// <summary>Restore the log from a backup, by command.</summary>
    public const string LogRestore = "log.restore";

    /// <summary>Copy the log to another store, by command.</summary>
    public const string LogCopy = "log.copy";

    /// <summary>Every action.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        UsersErase, UsersExport, UsersUpdate, CampaignsPut, CampaignsDelete, ProjectionsRebuild, ConsistencyRepair,
        DeadLettersReplay, DeadLettersDelete, JobsRun, SampleDataLoad, KeysCreate, KeysRevoke, LogBackup, LogRestore, LogCopy,
    ];
}
