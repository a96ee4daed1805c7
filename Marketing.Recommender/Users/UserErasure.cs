using Marketing.Recommender.Model;
using Marketing.Recommender.Pipeline;
using Marketing.Recommender.Ports;
using Marketing.Recommender.Projections;

namespace Marketing.Recommender.Users;

/// <summary>Forgets a user everywhere: log, queue, projections, dead letters, attributes, cached answers.</summary>
public sealed class UserErasure(
    IPersonalData personalData,
    IDeadLetters deadLetters,
    ICatalog catalog,
    IRecommender recommender,
    IEnumerable<IProjection> projections)
{
    /// <summary>Erases the user. Safe to repeat, and to be repeated after a failure.</summary>
    public async Task<ErasureReport> EraseAsync(UserId userId, CancellationToken cancellationToken)
    {
        var removed = await personalData.EraseAsync(userId, cancellationToken);
        foreach (var projection in projections)
        {
            await projection.EraseAsync(userId, cancellationToken);
        }

        await deadLetters.EraseAsync(userId, cancellationToken);
        var profile = await catalog.DeleteUserAsync(userId, cancellationToken);
        await recommender.InvalidateAsync([userId], cancellationToken);
        return new ErasureReport(userId.Value, removed, profile);
    }
}
