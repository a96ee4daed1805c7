namespace Marketing.Domain.Ports;

/// <summary>Campaigns and user attributes: the source data that is edited, not appended.</summary>
public interface ICatalog
{
    /// <summary>Stores campaigns, replacing those with the same id.</summary>
    /// <returns>One flag per campaign, in order: true if it is new.</returns>
    Task<IReadOnlyList<bool>> PutCampaignsAsync(IReadOnlyList<Campaign> campaigns, CancellationToken cancellationToken);

    /// <summary>Returns every campaign, ordered by id; a few thousand at most, because readers keep them in memory.</summary>
    Task<IReadOnlyList<Campaign>> CampaignsAsync(CancellationToken cancellationToken);

    /// <summary>Deletes a campaign and remembers its id; its interactions stay in the log. Returns false if it does not exist.</summary>
    Task<bool> DeleteCampaignAsync(CampaignId id, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the ids of deleted campaigns, in any order; they must not be recommended, even though interactions name them.
    /// </summary>
    Task<IReadOnlyList<CampaignId>> DeletedCampaignsAsync(CancellationToken cancellationToken);

    /// <summary>Returns a number that changes whenever any process puts or deletes a campaign; cheap enough to poll.</summary>
    Task<long> VersionAsync(CancellationToken cancellationToken);

    /// <summary>Stores a user's attributes, replacing all of them; returns true if the user had none.</summary>
    Task<bool> PutUserAsync(UserProfile profile, CancellationToken cancellationToken);

    /// <summary>Returns a user's attributes, or null if none are stored.</summary>
    ValueTask<UserProfile?> FindUserAsync(UserId id, CancellationToken cancellationToken);

    /// <summary>Removes a user's attributes; returns false if there are none.</summary>
    Task<bool> DeleteUserAsync(UserId id, CancellationToken cancellationToken);
}
