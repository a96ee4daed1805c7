namespace Marketing.AppHost;

/// <summary>Controls how many traces reach the dashboard.</summary>
internal static class Sampling
{
    private const string Sampler = "OTEL_TRACES_SAMPLER";

    /// <summary>Uses the program's own sampler (docs/observability.md).</summary>
    /// <remarks>
    /// In development, Aspire would keep every trace, including each poll of a store and each request of a load test. A published program
    /// uses its own sample ratio.
    /// </remarks>
    public static IResourceBuilder<ProjectResource> WithOwnSampler(this IResourceBuilder<ProjectResource> program) =>
        program.ApplicationBuilder.ExecutionContext.IsPublishMode
            ? program
            : program.WithEnvironment("Telemetry__SampleRatio", "1").WithEnvironment(context => context.EnvironmentVariables.Remove(Sampler));
}
