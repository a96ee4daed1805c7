using System.Collections.Concurrent;
using Marketing.Domain;
using Marketing.Domain.Ports;

namespace Marketing.Tests.Projections;

/// <summary>Records invalidated users in place of the cache.</summary>
internal sealed class RecordedInvalidations : IAnswerInvalidation
{
    public ConcurrentBag<UserId> Invalidated { get; } = [];

    public int AllInvalidated { get; private set; }

    /// <summary>A user whose invalidation never ends until it is canceled, like a call to a server that hangs.</summary>
    public UserId? Stuck { get; set; }

    public async ValueTask InvalidateAsync(IReadOnlyCollection<UserId> users, CancellationToken cancellationToken)
    {
        foreach (var user in users)
        {
            Invalidated.Add(user);
            if (user == Stuck)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
        }
    }

    public ValueTask InvalidateAllAsync(CancellationToken cancellationToken)
    {
        AllInvalidated++;
        return ValueTask.CompletedTask;
    }
}
