using System.IO.Compression;
using System.Text.Json;

namespace Marketing.Projections.Samples;

/// <summary>The source of the sample world: the files of <c>samples/bank</c>, embedded in this assembly.</summary>
internal sealed record SampleBank(
    IReadOnlyList<SampleCampaign> Campaigns,
    IReadOnlyList<SampleTopic> Topics,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Messages,
    SampleUserStory Story)
{
    public static SampleBank Load() => new(
        Read<IReadOnlyList<SampleCampaign>>("campaigns.json"),
        Read<IReadOnlyList<SampleTopic>>("topics.json"),
        Read<IReadOnlyDictionary<string, IReadOnlyList<string>>>("messages.json.gz"),
        Read<SampleUserStory>("sample-user.json"));

    private static T Read<T>(string name)
    {
        using var resource = typeof(SampleBank).Assembly.GetManifestResourceStream($"samples/bank/{name}")
            ?? throw new InvalidOperationException($"The sample file {name} is not part of this build.");
        using var content = name.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(resource, CompressionMode.Decompress)
            : resource;
        return JsonSerializer.Deserialize<T>(content, JsonSerializerOptions.Web)
            ?? throw new InvalidOperationException($"The sample file {name} is empty.");
    }
}

/// <summary>A topic that customers ask about.</summary>
/// <param name="Topic">The topic's name.</param>
/// <param name="Weight">How many customers have it, relative to other topics.</param>
/// <param name="Intents">The questions they ask; for each, the campaigns that answer it, from 1 (a little) to 3 (exactly).</param>
internal sealed record SampleTopic(
    string Topic, int Weight, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Intents);

/// <summary>What the named customer of the sample world said and was shown.</summary>
internal sealed record SampleUserStory(
    string UserId, IReadOnlyList<SampleChat> Chats, IReadOnlyList<SampleView> Views);

/// <summary>A message sent that many minutes before the world's end.</summary>
internal sealed record SampleChat(int MinutesAgo, string Text);

/// <summary>A view that many minutes before the world's end.</summary>
internal sealed record SampleView(int MinutesAgo, string CampaignId);
