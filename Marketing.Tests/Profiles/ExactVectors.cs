using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Marketing.Domain;
using Marketing.Domain.Ports;

namespace Marketing.Tests.Profiles;

/// <summary>Exact search over unquantized vectors, which any index approximates; ties go to the lower id.</summary>
internal sealed class ExactVectors : IVectorIndex
{
    private readonly Dictionary<EventId, MessageVector> _messages = [];
    private readonly Lock _lock = new();

    public int NewestPerUser => 8;

    public Task UpsertAsync(IReadOnlyList<MessageVector> messages, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (var message in messages)
            {
                _messages[message.Id] = message;
                foreach (var surplus in Latest(message.UserId).Skip(NewestPerUser).ToList())
                {
                    _messages.Remove(surplus.Id);
                }
            }
        }

        return Task.CompletedTask;
    }

    public ValueTask<IReadOnlyList<MessageVector>> LatestAsync(UserId userId, int count, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return new([.. Latest(userId).Take(count)]);
        }
    }

    public ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return new([.. _messages.Values
                .Where(message => message.UserId != query.ExcludeUser && (query.CampaignId is null || message.CampaignId == query.CampaignId))
                .Select(message => new VectorMatch(message.Id, message.UserId, TensorPrimitives.Dot(message.Vector.Span, query.Vector.Span)))
                .OrderByDescending(match => match.Similarity).ThenBy(match => match.Id)
                .Take(query.Count)]);
        }
    }

    public Task RemoveAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (var id in ids)
            {
                _messages.Remove(id);
            }
        }

        return Task.CompletedTask;
    }

    public Task RemoveUserAsync(UserId userId, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (var message in Latest(userId).ToList())
            {
                _messages.Remove(message.Id);
            }
        }

        return Task.CompletedTask;
    }

    public Task<long> CountAsync(CancellationToken cancellationToken) => Task.FromResult((long)_messages.Count);

    public async IAsyncEnumerable<IReadOnlyList<MessageVector>> ScanAsync(
        int batchSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        yield return [.. _messages.Values];
    }

    public Task<IReadOnlyList<MessageVector>> ReadUserAsync(UserId userId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<MessageVector>>([.. Latest(userId)]);

    public Task<long> VerifyAsync(bool repair, CancellationToken cancellationToken) => Task.FromResult(0L);

    public Task RebuildAsync(Func<IVectorIndex, CancellationToken, Task> fill, CancellationToken cancellationToken) =>
        fill(this, cancellationToken);

    private IEnumerable<MessageVector> Latest(UserId userId) => _messages.Values
        .Where(message => message.UserId == userId)
        .OrderByDescending(message => message.OccurredAt).ThenByDescending(message => message.Id);
}
