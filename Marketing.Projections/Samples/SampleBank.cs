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
