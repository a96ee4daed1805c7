using Marketing.Domain;
using Marketing.Domain.Ports;

namespace Marketing.Recommendations.Caching;

/// <summary>Drops stale answers here and in the second level, and notifies the other processes.</summary>
internal sealed class AnswerInvalidation(AnswerCache answers, IInvalidationChannel? channel = null) : IAnswerInvalidation
{
    public async ValueTask InvalidateAsync(IReadOnlyCollection<UserId> users, CancellationToken cancellationToken)
    {
        await answers.DropAsync(users, cancellationToken);
        if (channel is not null)
        {
            await channel.PublishAsync(users, cancellationToken);
        }
    }

    /// <summary>Does not notify other processes, because only stores that belong to a single process can be lost as a whole.</summary>
    public ValueTask InvalidateAllAsync(CancellationToken cancellationToken) => answers.DropAllAsync(cancellationToken);
}
