namespace Marketing.Stores.Contents;

/// <summary>The names of the parts that every log has.</summary>
internal static class PartNames
{
    public const string Interactions = "interactions";
    public const string Campaigns = "campaigns";
    public const string DeletedCampaigns = "deletedCampaigns";
    public const string Attributes = "attributes";
    public const string DeadLetters = "deadLetters";

    /// <summary>The erasures that projections have not applied yet.</summary>
    public const string UnfinishedErasures = "unfinishedErasures";

    /// <summary>The remembered users, as keyed hashes (<see cref="ErasureHash"/>).</summary>
    public const string ErasedUsers = "erasedUsers";

    /// <summary>The remembered events of erased users, as keyed hashes.</summary>
    public const string ErasedEvents = "erasedEvents";

    /// <summary>The audit trail.</summary>
    public const string Audit = "audit";

    /// <summary>The API keys. A copy moves them; a backup does not have them, so that it cannot bring back a revoked one.</summary>
    public const string AccessKeys = "accessKeys";
}
