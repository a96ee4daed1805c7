namespace Marketing.Domain.Ports;

/// <summary>Campaigns and user attributes: the part of the truth that is edited and not appended.</summary>
public interface ICatalog
{
    /// <summary>Stores campaigns, replacing those of the same id.</summary>
    /// <returns>One flag a campaign, in order: true when it is new.</returns>
    Task<IReadOnlyList<bool>> PutCampaignsAsync(IReadOnlyList<Campaign> campaigns, CancellationToken cancellationToken);

    /// <summary>Every campaign, by id. A few thousand at most: a reader keeps them in memory.</summary>
    Task<IReadOnlyList<Campaign>> CampaignsAsync(CancellationToken cancellationToken);

    /// <summary>Removes a campaign from what can be recommended; its interactions stay in the log, and its id is remembered. False when there was none.</summary>
    Task<bool> DeleteCampaignAsync(CampaignId id, CancellationToken cancellationToken);

    /// <summary>The ids of the campaigns that were deleted and not put again since, in any order: what must not be recommended although interactions name it.</summary>
    Task<IReadOnlyList<CampaignId>> DeletedCampaignsAsync(CancellationToken cancellationToken);

    /// <summary>A number that changes whenever a campaign is put or deleted, by any process; cheap, for polling.</summary>
    Task<long> VersionAsync(CancellationToken cancellationToken);

    /// <summary>Stores a user's attributes, replacing all of them. True when the user had none before.</summary>
    Task<bool> PutUserAsync(UserProfile profile, CancellationToken cancellationToken);

    /// <summary>A user's attributes; null when none are stored.</summary>
    ValueTask<UserProfile?> FindUserAsync(UserId id, CancellationToken cancellationToken);

    /// <summary>Removes a user's attributes; false when there were none.</summary>
    Task<bool> DeleteUserAsync(UserId id, CancellationToken cancellationToken);
}
