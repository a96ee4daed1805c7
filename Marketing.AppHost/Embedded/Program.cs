using System.Reflection;

// Without Aspire there is nothing to orchestrate: the API hosts everything on its embedded stores. It runs in this
// process and not in a child, so that a signal, an exit code and a crash are those of the command that was typed.
var apiDirectory = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>()
    .First(attribute => attribute.Key == "ApiDirectory").Value!;

string[] asTheApi =
[
    "--applicationName=Marketing.Api",
    $"--contentRoot={(Directory.Exists(apiDirectory) ? apiDirectory : AppContext.BaseDirectory)}",
    "--Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host=None", // its stack trace would follow the sentence below
];

try
{
    var exitCode = AppDomain.CurrentDomain.ExecuteAssemblyByName(new AssemblyName("Marketing.Api"), [.. asTheApi, .. args]);
    return exitCode != 0 ? exitCode : Environment.ExitCode;
}
catch (Exception failure)
{
    await Console.Error.WriteLineAsync($"Marketing did not start: {failure.Message}");
    return 1;
}
