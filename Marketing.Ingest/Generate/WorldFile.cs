using System.Globalization;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using Marketing.Domain;
using Marketing.Projections.Ingestion;

namespace Marketing.Ingest.Generate;

/// <summary>Writes a world to files that <c>import</c> accepts.</summary>
internal static class WorldFile
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Writes the interactions to <paramref name="path"/> and the campaigns to a file next to it.</summary>
    public static async Task<int> WriteAsync(World world, string path, TextWriter output, CancellationToken cancellationToken)
    {
        var campaigns = CampaignsPath(path);
        var written = await WriteAsync(campaigns, world.Campaigns, Write, cancellationToken);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{campaigns}: {written:N0} campaigns"));
        written = await WriteAsync(path, world.Interactions(), InteractionWriter.Write, cancellationToken);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{path}: {written:N0} interactions"));
        return 0;
    }

    /// <summary><c>world.ndjson.gz</c> → <c>world.campaigns.ndjson</c>.</summary>
    private static string CampaignsPath(string path)
    {
        var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return Path.ChangeExtension(name, ".campaigns.ndjson");
    }

    private static async Task<long> WriteAsync<T>(
        string path, IEnumerable<T> items, Action<Utf8JsonWriter, T> write, CancellationToken cancellationToken)
    {
        await using var file = File.Create(path, 1 << 16);
        await using Stream target = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(file, CompressionLevel.Fastest)
            : file;
        await using var json = new Utf8JsonWriter(target, Options);
        long count = 0;
        foreach (var item in items)
        {
            write(json, item);
            json.Flush();
            json.Reset();
            target.WriteByte((byte)'\n');
            if (++count % 10_000 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return count;
    }

    private static void Write(Utf8JsonWriter json, Campaign campaign)
    {
        json.WriteStartObject();
        json.WriteString("campaignId"u8, campaign.Id.Value);
        json.WriteString("name"u8, campaign.Name);
        json.WriteString("text"u8, campaign.Text);
        if (campaign.FrequencyCap is { } cap)
        {
            json.WriteStartObject("frequencyCap"u8);
            json.WriteNumber("maxViews"u8, cap.MaxViews);
            json.WriteString("window"u8, WindowText.Format(cap.Window));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
