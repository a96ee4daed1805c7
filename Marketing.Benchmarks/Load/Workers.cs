namespace Marketing.Benchmarks.Load;

/// <summary>Worker processes next to the API, each with a full projector.</summary>
internal sealed class Workers : IDisposable
{
    private readonly List<ChildProcess> _processes = [];

    public static Workers Start(int count, string dataDirectory)
    {
        var workers = new Workers();
        for (var i = 0; i < count; i++)
        {
            workers._processes.Add(ChildProcess.Start("dotnet", [Api.PathOf("Marketing.Ingest")], new Dictionary<string, string>
            {
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["DOTNET_ENVIRONMENT"] = "Production",
                ["Storage__DataDirectory"] = dataDirectory,
            }));
        }

        return workers;
    }

    public Task StopAsync() => Task.WhenAll(_processes.Select(process => process.StopAsync()));

    public void Dispose() => _processes.ForEach(process => process.Dispose());
}
