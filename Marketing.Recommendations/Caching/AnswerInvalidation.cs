using Marketing.Domain;
using Marketing.Domain.Ports;

namespace Marketing.Recommendations.Caching;

/// <summary>Drops stale answers from this process and the second level, and tells the other processes.</summary>
internal sealed class AnswerInvalidation(AnswerCache answers, IRecommenderChannel? channel = null) : IAnswerInvalidation
{
    public async ValueTask InvalidateAsync(IReadOnlyCollection<UserId> users, CancellationToken cancellationToken)
    {
        await answers.DropAsync(users, cancellationToken);
        if (channel is not null)
        {
            await channel.PublishStaleAsync(users, cancellationToken);
        }
    }

    /// <summary>Does not notify other processes, because only stores that belong to a single process can be lost as a whole.</summary>
    public ValueTask InvalidateAllAsync(CancellationToken cancellationToken) => answers.DropAllAsync(cancellationToken);
}
