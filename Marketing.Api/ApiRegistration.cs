using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using Marketing.Api.Access;
using Marketing.Api.Admin;
using Marketing.Api.Analytics;
using Marketing.Api.Audit;
using Marketing.Api.Campaigns;
using Marketing.Api.Hosting;
using Marketing.Api.Interactions;
using Marketing.Api.Limits;
using Marketing.Api.OpenApi;
using Marketing.Api.Problems;
using Marketing.Api.Recommendations;
using Marketing.Api.Users;
using Marketing.Projections.Audit;
using Marketing.Projections.Samples;
using Marketing.Recommendations.Answers;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Marketing.Api;

/// <summary>Registers the REST API.</summary>
internal static class ApiRegistration
{
    /// <summary>Adds the services of the API.</summary>
    public static WebApplicationBuilder AddApi(this WebApplicationBuilder builder)
    {
        builder.UseDefaultAddress();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.AddServerHeader = false);
        builder.AddAccess();
        builder.Services.AddOptions<ServerLimits>().BindConfiguration(ServerLimits.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ServerLimits>, ServerLimitsValidator>();
        builder.Services.AddSingleton<IConfigureOptions<KestrelServerOptions>, KestrelLimits>();
        builder.Services.AddLimits();
        builder.AddAudit();
        builder.Services.AddIngestion();
        builder.Services.AddProblemDetails(static problems => problems.CustomizeProblemDetails = Problem.Complete);
        builder.Services.AddSingleton<IProblemDetailsWriter, AnyAcceptProblemWriter>(); // Must come after the framework's writer.
        builder.Services.AddExceptionHandler<BadRequestHandler>();
        builder.Services.AddOptions<RequestBodyOptions>().BindConfiguration(RequestBodyOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<RequestBodyOptions>, RequestBodyOptionsValidator>();
        builder.Services.AddResponseCompression(static compression =>
        {
            // Safe over HTTPS too: no response contains both a secret and text that an attacker controls.
            compression.EnableForHttps = true;
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/problem+json"];
        });
        builder.Services.AddSingleton<CampaignRankings>();
        builder.Services.AddApiDocument();
        builder.Services.TryAddSingleton<SampleProgress>();
        builder.Services.AddHealthChecks().AddCheck<SampleHealthCheck>("sample");
        builder.Services.AddHostedService<StartAnnouncement>();
        builder.Services.ConfigureHttpJsonOptions(static json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJsonContext.Default);
            json.SerializerOptions.Converters.Add(new CamelCaseEnumConverter<RecommendationBasis>());
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            // Chats contain every script, and nobody renders this JSON as HTML.
            json.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        });
        // Throw in every environment, so that an unreadable body always reaches BadRequestHandler.
        builder.Services.Configure<RouteHandlerOptions>(static routing => routing.ThrowOnBadRequest = true);
        return builder;
    }

    /// <summary>Maps all endpoints of the API.</summary>
    public static WebApplication MapApi(this WebApplication app)
    {
        app.UseResponseHeaders();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseResponseCompression();
        app.Use(HttpMethodRules.AnswerAsync);
        app.UseMiddleware<ExactPath>();
        app.UseAuthenticatedCallers();
        app.UseRouting();
        app.UseLimits();
        app.UseMiddleware<AuditMiddleware>((Func<HttpContext, IPAddress?>)Caller.Address);
        app.UseMiddleware<ScopeCheck>();
        app.UseMiddleware<ParameterCheck>();
        app.UseMiddleware<BodyDecompression>();

        var pages = app.MapGroup("").AllowHead();
        pages.MapApiDocument();
        var api = pages.MapGroup("").WithCheckedParameters().WithRequiredScopes();
        api.MapRecommendations();
        api.MapInteractions();
        api.MapUsers();
        api.MapCampaigns();
        api.MapAnalytics();
        api.MapAdmin();
        api.ProducesProblem(StatusCodes.Status429TooManyRequests); // Every endpoint can be limited.
        return app;
    }
}
