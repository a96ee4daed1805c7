using System.Buffers;
using System.Text.Json;
using Marketing.Recommendations.Answers;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;

namespace Marketing.Recommendations.Caching;

/// <summary>
/// Serializes answers for the second level. Without one it only reserves as many bytes as the JSON would take: the cache keeps the answer
/// itself, because it is immutable, but learns its size by serializing it.
/// </summary>
internal sealed class AnswerSerializer(IDistributedCache? secondLevel = null) : IHybridCacheSerializer<CachedAnswer>
{
    // Property names, punctuation and numbers of one JSON object of each kind.
    private const int AnswerBytes = 160;
    private const int CampaignBytes = 85;
    private const int EvidenceBytes = 190;
    private const int SimilarUserBytes = 110;
    private const int ContributionBytes = 24;

    public CachedAnswer Deserialize(ReadOnlySequence<byte> source)
    {
        var reader = new Utf8JsonReader(source);
        return JsonSerializer.Deserialize<CachedAnswer>(ref reader)!;
    }

    public void Serialize(CachedAnswer value, IBufferWriter<byte> target)
    {
        if (secondLevel is null)
        {
            var size = SizeOf(value.Answer);
            _ = target.GetSpan(size);
            target.Advance(size);
            return;
        }

        using var writer = new Utf8JsonWriter(target);
        JsonSerializer.Serialize(writer, value);
    }

    /// <summary>Estimates how many bytes of JSON an answer takes.</summary>
    internal static int SizeOf(Recommendation answer)
    {
        var size = AnswerBytes + answer.UserId.Length + answer.Strategy.Length;
        foreach (var campaign in answer.Campaigns)
        {
            size += CampaignBytes + campaign.CampaignId.Length + (campaign.Name?.Length ?? 0) + campaign.Reason.Length;
            if (campaign.Evidence is { } evidence)
            {
                size += EvidenceBytes
                    + (SimilarUserBytes * evidence.SimilarUsers.Count)
                    + (ContributionBytes * evidence.Contributions.Count);
            }
        }

        return size;
    }
}
