using System.Buffers;
using System.Runtime.InteropServices;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Recommendations.Learned.Catalog;
using Microsoft.Extensions.Options;

namespace Marketing.Recommendations.Learned.Profiles;

/// <summary>
/// Learns the words of each campaign's customers: from every user with interest in it, the last indexed messages before their latest
/// interaction with it. Rocchio's prototype classifier (1971) with the campaign as the class and its text as the prior.
/// </summary>
internal sealed class ProfileLearner(IInteractionGraph graph, IVectorIndex vectors, IOptions<ProfileOptions> options)
{
    private const int ScanBatch = 10_000;
    private const int UsersAtOnce = 500;
    private const int Seed = 1;

    private readonly ProfileOptions _options = options.Value;

    /// <param name="texts">The terms of each campaign's text.</param>
    /// <param name="catalog">Only its campaigns get a profile; null until it is read, in which case all do.</param>
    /// <param name="cancellationToken">Cancels the learning.</param>
    public async Task<ProfilePart> LearnAsync(IReadOnlyList<uint[]> texts, CampaignTable? catalog, CancellationToken cancellationToken)
    {
        var examples = new List<Example>();
        var heard = new VectorSample(ChanceSimilarity.MostMessages);
        // In an order that does not depend on the graph's: the chance similarity is measured on pairs of these users.
        var sample = (await SampleUsersAsync(cancellationToken)).OrderBy(edges => edges[0].UserId.Value, StringComparer.Ordinal);
        foreach (var users in sample.Chunk(UsersAtOnce))
        {
            var latest = await vectors.LatestOfEachAsync([.. users.Select(edges => edges[0].UserId)], _options.Messages, cancellationToken);
            foreach (var (edges, messages) in users.Zip(latest).Where(user => user.Second.Count > 0))
            {
                examples.AddRange(ExamplesOf(edges, messages));
                heard.Add(messages[0].Vector);
            }
        }

        var idf = IdfOf(examples, texts);
        return new ProfilePart(
            idf, Sum(examples, idf, catalog), examples.Count, ChanceSimilarity.Of(heard.Vectors));
    }

    /// <summary>Returns the edges of a random sample of users, one list per user (reservoir sampling, Vitter 1985).</summary>
    private async Task<IReadOnlyCollection<List<CampaignEdge>>> SampleUsersAsync(CancellationToken cancellationToken)
    {
        var random = new Random(Seed);
        List<List<CampaignEdge>> sample = [];
        List<CampaignEdge> user = [];
        var users = 0;
        await foreach (var batch in graph.ScanAsync(ScanBatch, cancellationToken))
        {
            foreach (var edge in batch)
            {
                if (user.Count > 0 && user[0].UserId != edge.UserId)
                {
                    Take(user);
                    user = [];
                }

                if (_options.Strength.Of(edge) > 0)
                {
                    user.Add(edge);
                }
            }
        }

        if (user.Count > 0)
        {
            Take(user);
        }

        return sample;

        void Take(List<CampaignEdge> edges)
        {
            users++;
            if (sample.Count < _options.MaxUsers)
            {
                sample.Add(edges);
            }
            else if (random.Next(users) is var place && place < sample.Count)
            {
                sample[place] = edges;
            }
        }
    }

    /// <summary>
    /// Returns what the user had said before interacting with each campaign; campaigns preceded by the same messages share an example.
    /// </summary>
    private IEnumerable<Example> ExamplesOf(List<CampaignEdge> edges, IReadOnlyList<MessageVector> messages)
    {
        foreach (var moment in edges.GroupBy(edge => messages.Count(message => message.OccurredAt <= edge.LastAt)))
        {
            var before = messages.Skip(messages.Count - moment.Key).ToList();
            var merged = MessageTerms.Merge(
                before, before.Count, _options.MessageDiscount, ArrayPool<(uint, float)>.Shared, out var count);
            var terms = merged.AsSpan(0, count).ToArray();
            ArrayPool<(uint, float)>.Shared.Return(merged);
            if (terms.Length > 0)
            {
                yield return new Example(terms, [.. moment.Select(edge => (edge.CampaignId, _options.Strength.Of(edge)))]);
            }
        }
    }

    private static InverseDocumentFrequency IdfOf(List<Example> examples, IReadOnlyList<uint[]> texts)
    {
        var counts = new Dictionary<uint, int>();
        foreach (var example in examples)
        {
            foreach (var (term, _) in example.Terms)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, term, out _)++;
            }
        }

        return new InverseDocumentFrequency(counts, examples.Count, texts);
    }

    private Dictionary<CampaignId, TermVector> Sum(List<Example> examples, InverseDocumentFrequency idf, CampaignTable? catalog)
    {
        var said = new Dictionary<CampaignId, TermVector>();
        foreach (var example in examples)
        {
            foreach (var (campaign, strength) in example.TurnedTo)
            {
                if (catalog?.OrdinalOf(campaign) < 0)
                {
                    continue;
                }

                ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(said, campaign, out _);
                (sum ??= new TermVector()).Add(example.Terms, idf, strength);
            }
        }

        foreach (var sum in said.Values)
        {
            sum.Prune(_options.MaxTerms);
        }

        return said;
    }

    private sealed record Example((uint Term, float Weight)[] Terms, (CampaignId Campaign, float Strength)[] TurnedTo);
}
