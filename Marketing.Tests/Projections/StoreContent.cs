using System.Numerics.Tensors;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Consistency;
using Marketing.Projections.Engagement;
using Marketing.Projections.Graph;
using Marketing.Projections.Vectors;
using Marketing.Tests.Contracts;
using Microsoft.Extensions.AI;

namespace Marketing.Tests.Projections;

/// <summary>The content of all projections, as sorted lines that can be compared.</summary>
internal static class StoreContent
{
    private const int BatchSize = 100;

    /// <summary>Cosine above which two vectors are the same apart from rounding.</summary>
    private const float SameVector = 0.999f;

    /// <summary>Asserts that each projection equals a clean rebuild from the log in fresh stores.</summary>
    public static async Task AssertEqualsCleanRebuildAsync(EmbeddedStores stores, string because)
    {
        await using var fresh = stores.Fresh();
        var difference = await DifferenceAsync(
            stores.Log, stores.Queue, stores.PersonalData, stores.Embeddings, stores.Index, stores.Graph, stores.Engagement, fresh);
        Assert.True(difference.Length == 0, $"{because}\n{difference}");
    }

    /// <summary>
    /// Returns how the projections in any stores differ from a clean rebuild in fresh embedded ones; empty if they do not.
    /// </summary>
    public static async Task<string> DifferenceToCleanRebuildAsync(
        IInteractionLog log,
        IInteractionQueue queue,
        IPersonalData personalData,
        IEmbeddingGenerator<string, Embedding<float>> embeddings,
        IVectorIndex index,
        IInteractionGraph graph,
        IEngagementStore engagement)
    {
        await using var fresh = new EmbeddedStores(product: true);
        return await DifferenceAsync(log, queue, personalData, embeddings, index, graph, engagement, fresh);
    }

    public static Task<List<string>> ReadAsync(EmbeddedStores stores) => ReadAsync(stores.Index, stores.Graph, stores.Engagement);

    private static async Task<string> DifferenceAsync(
        IInteractionLog log,
        IInteractionQueue queue,
        IPersonalData personalData,
        IEmbeddingGenerator<string, Embedding<float>> embeddings,
        IVectorIndex index,
        IInteractionGraph graph,
        IEngagementStore engagement,
        EmbeddedStores fresh)
    {
        IProjection[] projections =
        [
            new VectorProjection(log, queue, personalData, fresh.Index, embeddings, fresh.Time),
            new GraphProjection(log, queue, personalData, fresh.Graph, fresh.Time),
            new EngagementProjection(log, queue, personalData, fresh.Engagement, fresh.Time),
        ];
        foreach (var projection in projections)
        {
            await projection.RebuildAsync(CancellationToken.None);
        }

        var expected = await ReadAsync(fresh);
        var actual = await ReadAsync(index, graph, engagement);
        return expected.SequenceEqual(actual)
            ? await VectorDifferenceAsync(fresh.Index, index)
            : $"missing:\n{string.Join('\n', expected.Except(actual))}\nnot in the log:\n{string.Join('\n', actual.Except(expected))}";
    }

    /// <summary>Returns the messages whose vectors have a different direction, because each index rounds components differently.</summary>
    private static async Task<string> VectorDifferenceAsync(IVectorIndex expected, IVectorIndex actual)
    {
        var vectors = await VectorsAsync(expected);
        return string.Join('\n', (await VectorsAsync(actual))
            .Where(vector => TensorPrimitives.CosineSimilarity(vector.Value.Span, vectors[vector.Key].Span) is not > SameVector)
            .Select(vector => $"another vector: {vector.Key}"));
    }

    private static async Task<Dictionary<EventId, ReadOnlyMemory<float>>> VectorsAsync(IVectorIndex index)
    {
        var vectors = new Dictionary<EventId, ReadOnlyMemory<float>>();
        foreach (var message in await MessagesAsync(index))
        {
            vectors[message.Id] = message.Vector;
        }

        return vectors;
    }

    private static async Task<List<MessageVector>> MessagesAsync(IVectorIndex index)
    {
        var messages = new List<MessageVector>();
        foreach (var userId in (await Sample.AllAsync(index.ScanAsync(BatchSize, CancellationToken.None))).Select(message => message.UserId).Distinct())
        {
            messages.AddRange(await index.LatestAsync(userId, int.MaxValue, CancellationToken.None));
        }

        return messages;
    }

    private static async Task<List<string>> ReadAsync(IVectorIndex index, IInteractionGraph graph, IEngagementStore engagement)
    {
        var lines = new List<string>();
        var messages = await Sample.AllAsync(index.ScanAsync(BatchSize, CancellationToken.None));
        lines.AddRange((await MessagesAsync(index)).Select(Describe));
        lines.AddRange(messages.Select(message => $"indexed {message.Id} of {message.UserId}"));
        lines.Add($"indexed {await index.CountAsync(CancellationToken.None)}");

        var edges = await Sample.AllAsync(graph.ScanAsync(BatchSize, CancellationToken.None));
        lines.AddRange(edges.Select(Sample.Describe));
        lines.Add($"edges {await graph.CountAsync(CancellationToken.None)}");

        var facts = await Sample.AllAsync(engagement.ScanAsync(BatchSize, CancellationToken.None));
        lines.AddRange(facts.Select(fact => $"{fact}"));
        lines.AddRange((await engagement.CountsAsync(null, CancellationToken.None)).Select(count => $"total {count}"));
        var days = await engagement.DailyAsync(null, DateOnly.MinValue, CancellationToken.None);
        lines.AddRange(days.Where(day => day.Count.Total > 0).Select(day => $"day {day}"));
        lines.Add($"facts {await engagement.CountAsync(CancellationToken.None)}");
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static string Describe(MessageVector message) =>
        $"vector {message.Id} {message.UserId} {message.CampaignId} {message.OccurredAt:O} {string.Join(' ', message.Terms.ToArray())}";
}
