using Marketing.Domain.Ports;

namespace Marketing.Projections.Samples;

/// <summary>
/// Puts the sample world into the catalog and the log. Existing data stays unchanged, including edited campaigns, so loading twice
/// is idempotent.
/// </summary>
public sealed class SampleWorldLoader(ICatalog catalog, IInteractionLog log, TimeProvider time)
{
    /// <summary>Loads what is missing; the world ends now.</summary>
    public async Task<SampleLoadReport> LoadAsync(CancellationToken cancellationToken)
    {
        var world = SampleWorld.Create(time.GetUtcNow());
        var known = (await catalog.CampaignsAsync(cancellationToken)).Select(static campaign => campaign.Id).ToHashSet();
        var missing = world.Campaigns.Where(campaign => !known.Contains(campaign.Id)).ToList();
        await catalog.PutCampaignsAsync(missing, cancellationToken);
        foreach (var user in world.Users)
        {
            if (await catalog.FindUserAsync(user.Id, cancellationToken) is null)
            {
                await catalog.PutUserAsync(user, cancellationToken);
            }
        }

        // Last and atomic, so that a log that is not empty implies a complete world.
        var accepted = (await log.AppendAsync(world.Interactions, cancellationToken)).Count(static outcome => outcome == AppendOutcome.Accepted);
        return new SampleLoadReport(missing.Count, accepted, world.Interactions.Count - accepted);
    }
}

/// <summary>The result of loading the sample world.</summary>
/// <param name="Campaigns">Campaigns that are new to the catalog.</param>
/// <param name="Interactions">Interactions that are new to the log.</param>
/// <param name="Duplicates">Interactions that were already in the log.</param>
public sealed record SampleLoadReport(int Campaigns, int Interactions, int Duplicates);
