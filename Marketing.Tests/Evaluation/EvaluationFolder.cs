using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Marketing.Evaluation;
using Marketing.Evaluation.Commands;

namespace Marketing.Tests.Evaluation;

/// <summary>A data folder for one test, and the evaluation run on it as from the command line.</summary>
public abstract class EvaluationFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("marketing-tests-");

    protected string Folder => _folder.FullName;

    protected string Write(string name, params string[] lines)
    {
        var path = Path.Combine(Folder, name);
        var bytes = Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
        using Stream file = File.Create(path);
        using var stream = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Compress) : file;
        stream.Write(bytes);
        return path;
    }

    /// <summary>Runs with --json.</summary>
    /// <returns>The rows by subset and strategy.</returns>
    protected async Task<Dictionary<(string Subset, string Strategy), JsonElement>> EvaluateAsync(
        string dataset, string? split = null, params string[] strategies)
    {
        var (code, output, errors) = await RunAsync(dataset, split, strategies);
        Assert.Equal((0, ""), (code, errors));
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(row => (row.GetProperty("subset").GetString()!, row.GetProperty("strategy").GetString()!));
    }

    protected Task<(int Code, string Output, string Errors)> RunAsync(
        string dataset, string? split = null, params string[] strategies) =>
        RunAsync(new EvaluationSettings(dataset, Folder, split, strategies, Json: true));

    protected Task<(int Code, string Output, string Errors)> RunOnCampaignAsync(string dataset, string campaign) =>
        RunAsync(new EvaluationSettings(dataset, Folder, Split: null, [], Json: true, campaign));

    private static async Task<(int Code, string Output, string Errors)> RunAsync(EvaluationSettings settings)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var run = new EvaluationRun(Evaluations.All, output, errors);
        var code = await run.RunAsync(settings, TestContext.Current.CancellationToken);
        return (code, output.ToString(), errors.ToString());
    }

    protected static double Metric(JsonElement row, string name) => row.GetProperty("metrics").GetProperty(name).GetDouble();

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }
}
