using Marketing.Api.Access;
using Marketing.Api.Audit;
using Marketing.Api.Problems;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Consistency;
using Marketing.Projections.Samples;
using Marketing.Projections.Workers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Api.Admin;

/// <summary>The endpoints for operators and schedulers.</summary>
internal static class AdminEndpoints
{
    /// <summary>Maps <c>/admin</c>.</summary>
    public static void MapAdmin(this IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/admin").WithTags("Admin").RequireScope(Scopes.Admin)
            .ProducesValidationProblem();
        admin.MapPost("/projections/{name}/rebuild", RebuildAsync).WithName("RebuildProjection").Audited(AuditAction.ProjectionsRebuild, target: "name")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Rebuilds a projection from the log while the system serves. Responds when it is done.");
        admin.MapGet("/consistency", CheckAsync).WithName("CheckConsistency")
            .WithSummary("Compares the content of every projection with the log. With full=true, also embeds every chat again, which costs money with a paid model.");
        admin.MapPost("/consistency/repair", RepairAsync).WithName("RepairConsistency").Audited(AuditAction.ConsistencyRepair)
            .WithSummary("Compares the content of every projection with the log and repairs differences. full works as in the check.");
        admin.MapPost("/jobs/{name}", RunJobAsync).WithName("RunJob").Audited(AuditAction.JobsRun, target: "name")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Runs a scheduled job now. Responds when it is done.");
        admin.MapPost("/sample-data", LoadSampleAsync).WithName("LoadSampleData").Audited(AuditAction.SampleDataLoad)
            .WithSummary("Loads the sample world. Existing data does not change.");
        admin.MapDeadLetters();
        admin.MapAudit();
        admin.MapKeys();
    }

    private static async Task<Results<Ok<RebuildReport>, ProblemHttpResult>> RebuildAsync(
        string name, ProjectionService projections, CancellationToken cancellationToken) =>
        Choice.Find(projections.Names, name) is { } known
            ? TypedResults.Ok(await projections.RebuildAsync(known, cancellationToken))
            : Problem.NotFound(Choice.Rule("name", projections.Names));

    private static async Task<Ok<ConsistencyResponse>> CheckAsync(
        ProjectionService projections, CancellationToken cancellationToken, bool full = false) =>
        TypedResults.Ok(ConsistencyResponse.From(await projections.CheckAsync(repair: false, full, cancellationToken)));

    private static async Task<Ok<ConsistencyResponse>> RepairAsync(
        ProjectionService projections, CancellationToken cancellationToken, bool full = false) =>
        TypedResults.Ok(ConsistencyResponse.From(await projections.CheckAsync(repair: true, full, cancellationToken)));

    private static async Task<Results<Ok<JobResponse>, ProblemHttpResult>> RunJobAsync(
        string name, IMaintenanceJobs jobs, CancellationToken cancellationToken) =>
        Choice.Find(jobs.Names, name) is { } known
            ? TypedResults.Ok(new JobResponse(known, await jobs.RunAsync(known, cancellationToken)))
            : Problem.NotFound(Choice.Rule("name", jobs.Names));

    private static async Task<Ok<SampleLoadReport>> LoadSampleAsync(
        SampleWorldLoader loader, PendingSignal signal, CancellationToken cancellationToken)
    {
        var report = await loader.LoadAsync(cancellationToken);
        signal.Notify();
        return TypedResults.Ok(report);
    }
}
