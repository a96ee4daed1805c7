using Marketing.Domain.Ports;
using Marketing.Ingest;
using Marketing.Ingest.Import;
using Marketing.Ingest.Progress;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketing.Tests.Ingest;

/// <summary>The commands on embedded stores in their own folder, with space for a test's files.</summary>
public sealed class IngestFixture : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("marketing-ingest-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();
    private readonly IHost _host;

    public IngestFixture()
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration["Storage:DataDirectory"] = Path.Combine(_folder.FullName, "data");
        builder.AddIngestCommands(_output);
        builder.Services.AddSingleton<IProgressDisplay>(Progress);
        builder.Services.AddSingleton(new ErrorOutput(_errors));
        _host = builder.Build();
    }

    internal ObservedProgress Progress { get; } = new();

    internal string Output => _output.ToString();

    internal string Errors => _errors.ToString();

    internal IInteractionLog Log => Get<IInteractionLog>();

    internal T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    internal string PathOf(string name) => Path.Combine(_folder.FullName, name);

    internal string Write(string name, params string[] lines)
    {
        File.WriteAllLines(PathOf(name), lines);
        return PathOf(name);
    }

    internal Task<int> ImportAsync(string file, params string[] fields) => ImportAsync(new ImportOptions([file], [], fields, null));

    internal Task<int> ImportAsync(ImportOptions options) => Get<ImportRun>().RunAsync(options, CancellationToken.None);

    internal async Task<(Checkpoint Done, string? Rejects)> ImportOneAsync(string file, CancellationToken cancellationToken) =>
        await ImportOneAsync(new ImportOptions([file], [], [], null), cancellationToken);

    internal async Task<(Checkpoint Done, string? Rejects)> ImportOneAsync(ImportOptions options, CancellationToken cancellationToken)
    {
        var result = await Get<FileImport>().RunAsync(
            options.Files[0], ImportSettings.From(options), _output.WriteLineAsync, Progress, cancellationToken);
        return (result.Done, result.Rejects);
    }

    internal async Task<long> LoggedAsync() => (await Log.StatisticsAsync(CancellationToken.None)).Total;

    public void Dispose()
    {
        _host.Dispose();
        _output.Dispose();
        _errors.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>Lets a test observe or stop an import in progress.</summary>
    internal sealed class ObservedProgress : IProgressDisplay
    {
        public Action<ImportTotals>? Reported { get; set; }

        public long DoneBefore { get; private set; }

        public void Start(string name, long? length, long doneBefore, string unit = "records") => DoneBefore = doneBefore;

        public void Report(long position, ImportTotals totals) => Reported?.Invoke(totals);

        public ValueTask StopAsync() => ValueTask.CompletedTask;
    }
}
